"""Writers: Article -> text. They only render what the verdicts kept."""
