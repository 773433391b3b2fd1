"""What readers answered: taken in, decided, published, forgotten."""
