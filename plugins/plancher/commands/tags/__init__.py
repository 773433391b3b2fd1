"""The commands on tags: rename, merge, and keep the registry in order."""
