"""Drive times from the estimate or a server, and the water a drive goes round."""
