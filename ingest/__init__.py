"""Files to claims: read, map, clean, check. Pure, row by row; every bad row is reported, nothing is lost."""
