"""The commands on links: visit them, look for copies, keep and import some."""
