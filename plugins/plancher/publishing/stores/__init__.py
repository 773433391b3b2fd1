"""One file for each way to reach a target."""
