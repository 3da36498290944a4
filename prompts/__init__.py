"""The words sent to a language model, one .md file each; none is sent yet."""
