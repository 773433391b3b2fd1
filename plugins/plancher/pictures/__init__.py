"""What becomes of an author's picture: upright, in sRGB, in the sizes and formats that pages ask for, without anything that the camera wrote."""
