// Reads workbooks with exceljs and prints what is in their cells: one line of JSON a workbook,
// {sheet: [[row, column, value], ...]}.
import { createRequire } from 'node:module'
import path from 'node:path'

const ExcelJS = createRequire(path.join(process.cwd(), 'package.json'))('exceljs')

function shown(value) {
  if (value === null || typeof value !== 'object') return value
  if (value.richText) return value.richText.map((run) => run.text).join('')
  return { odd: JSON.stringify(value) }
}

for (const file of process.argv.slice(2)) {
  const book = new ExcelJS.Workbook()
  await book.xlsx.readFile(file)
  const sheets = {}
  for (const sheet of book.worksheets) {
    const cells = (sheets[sheet.name] = [])
    sheet.eachRow((row, number) => row.eachCell((cell, column) => {
      if (!cell.isMerged || cell.master === cell) cells.push([number, column, shown(cell.value)])
    }))
  }
  console.log(JSON.stringify(sheets))
}
