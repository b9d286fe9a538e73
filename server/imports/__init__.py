"""Reading the spreadsheets that staff really send: employers, recruiters and seekers."""
