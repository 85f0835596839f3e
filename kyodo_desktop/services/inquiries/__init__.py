"""照会: asks the sections, keeps who answered, and takes their answers in."""
