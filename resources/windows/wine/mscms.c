/* For Wine 8 only. Qt's qwindows.dll asks for the screen's colour profile, and Wine's own mscms
   aborts; this one has no profile to give. */
#include <windows.h>

#define EXPORT __declspec(dllexport)

BOOL WINAPI DllMainCRTStartup(HINSTANCE self, DWORD reason, LPVOID reserved)
{
    return TRUE;
}

EXPORT HANDLE WINAPI WcsCreateIccProfile(HANDLE profile, DWORD options) { return NULL; }
EXPORT HANDLE WINAPI OpenColorProfileW(void *profile, DWORD access, DWORD share, DWORD mode) { return NULL; }
EXPORT BOOL WINAPI GetColorProfileFromHandle(HANDLE profile, BYTE *bytes, DWORD *size) { return FALSE; }
EXPORT BOOL WINAPI CloseColorProfile(HANDLE profile) { return TRUE; }
