"""The whole blog as one typed value, the rules on it, and the contract of a component."""
