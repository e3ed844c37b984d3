"""The report: one page to look at, for one document or a batch. It opens from disk and asks no network for anything.

    article -> view (plain data)  ┐
    outcome -> row, figures       ┴-> page: a shell of ours, the data as JSON, one script, one style sheet

Everything that comes from an input travels as JSON in a data block and is put on the page by the script as text, so
that nothing in it can become markup or code; a content security policy with the hashes of the one script and the one
style sheet stands behind that. String templates in the package do for a shell of forty lines: no template library, no
extra to install, and the part that has to be right (escaping) is one function (`page.data_block`).
"""
