/* python.exe: finds python314.dll beside itself and gives it the command line. */
#include <stdio.h>
#include <windows.h>

typedef int (*Entry)(int, wchar_t **);

int wmain(int count, wchar_t **words)
{
    HMODULE python = LoadLibraryW(L"python314.dll");
    Entry entry = python ? (Entry)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (entry)
        return entry(count, words);
    fprintf(stderr, "python314.dll cannot be loaded (error %lu)\n", GetLastError());
    return 1;
}
