"""What makes this blog. Each is a line of PLUGINS, and none knows another."""
