"""Teachers' forms: one .xlsx per work and checker, out with codes only and back with points."""
