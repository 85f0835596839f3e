"""One module a part of the report (表紙, 概要, 集計 …): from what is told to rows of cells."""
