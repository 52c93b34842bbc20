"""Who checks whom: packs and people in, a fair plan or the reasons why there is none out. Knows no workbook."""
