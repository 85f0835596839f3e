/* python3.dll has no code of its own: every name it exports leads on to python314.dll. */
#include <windows.h>

BOOL WINAPI DllMainCRTStartup(HINSTANCE self, DWORD reason, LPVOID reserved)
{
    return TRUE;
}
