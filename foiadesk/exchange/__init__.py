"""In and out of a desk: agency directories now; bundles, spreadsheets and calendar files as they come."""
