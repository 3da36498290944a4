"""From pieces of print with their places on the page to lines: for PDF, OFD and scans alike."""
