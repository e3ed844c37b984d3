"""Body or boilerplate: features of blocks, and the trees that weigh them.

`features.py` is used by training and by the tool alike; a document gives the same integers in both.
"""
