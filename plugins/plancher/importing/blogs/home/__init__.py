"""Where each text comes to stand: its path, its addresses, its pictures, the accounts and the report."""
