//! Text in columns.

/// Rows of cells, each column as wide as its widest cell, two blanks between them.
pub fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            // A width of the formatter ends at 65,535.
            line.extend(std::iter::repeat_n(' ', width - cell.chars().count() + 2));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn cells_may_be_of_any_width() {
        let wide = "x".repeat(100_000);
        let rows = [vec!["a".to_owned(), wide.clone()], vec!["bb".to_owned(), "c".to_owned()]];
        assert_eq!(super::aligned(&rows), format!("a   {wide}\nbb  c\n"));
    }
}
