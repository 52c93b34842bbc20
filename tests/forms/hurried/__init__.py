"""Teachers in a hurry, played: forms filled from a truth with every habit of people, and an oracle of its own.

Nothing here knows the code that reads forms: what is certain is said once more, from the rule alone.
"""
