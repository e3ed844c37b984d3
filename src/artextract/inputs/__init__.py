"""Where documents come from: paths, standard input, directories, lists; compressed files are opened here.

`walk.find` turns the user's arguments into a stream of `Input` (a document to read), `Unreadable` (one that is there
but cannot be read) and `Skipped` (one that was not asked for); `opening.opened` gives the bytes of an Input. Containers
with many documents (archives, WARC, JSON Lines) will be further sources of the same stream, with `member` set.
"""
