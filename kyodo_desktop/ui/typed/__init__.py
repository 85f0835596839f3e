"""What is typed anywhere in the window is kept until it is saved, and offered if it was not."""
