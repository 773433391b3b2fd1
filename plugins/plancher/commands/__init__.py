"""What the author's commands do (``tasks/`` gives them their words): nothing here runs in a build."""
