"""What the author's commands do (tasks.py): nothing here runs in a build."""
