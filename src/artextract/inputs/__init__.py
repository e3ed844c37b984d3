"""Where documents come from: paths, standard input, directories, lists; compressed files are opened here.

`walk.find` turns the user's arguments into a stream of `Input` (a document to read), `Unreadable` (one that is there
but cannot be read) and `Skipped` (one that was not asked for). `opened.documents` puts the members of containers
(archives, WARC, JSON Lines, Parquet) in the place of those: `Held`, with their bytes and what the container says of
them. `opening.opened` gives the bytes of an Input that is one page, `opening.content` those of a member: codings and
compression are taken off there, in the worker, and MHTML is taken apart.
"""
