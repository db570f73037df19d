"""The files of a repository: which ones are checked, how they are read, and the patterns that name them."""
