"""Does to plans, many times and at random, what shared drives, cuts and colleagues do to them."""
