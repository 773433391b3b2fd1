"""« invoke answers.receive »: a small server of the owner's, which takes in what readers write in the form of a call, and keeps it until it is fetched."""
