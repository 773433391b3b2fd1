"""The only door to the network: bounded requests, and never to a machine of ours."""
