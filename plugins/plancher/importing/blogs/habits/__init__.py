"""What makes a former text ours: its habits become our blocks, each change told and each refusable."""
