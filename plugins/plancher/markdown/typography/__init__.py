"""French typography, on plain words and on a tree of elements."""
