"""The UNO side: whole-range verbs, one round trip each. Imports the standard library and uno, nothing of ours.

Runs in this process where its Python fits LibreOffice's, else as a child in LibreOffice's own Python (`__main__`).
"""
