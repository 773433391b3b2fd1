"""What follows a publication: the site is asked as a reader would, then those who follow it are told.

Nobody is told of a page before readers can see it.
"""
