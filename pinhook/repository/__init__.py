"""The files of a repository: which are checked, how they are read, and which patterns name them."""
