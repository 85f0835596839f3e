/* For Wine 8 only. pydantic-core (Rust) asks bcryptprimitives.dll for random bytes. */
#include <windows.h>

BOOLEAN WINAPI SystemFunction036(void *bytes, ULONG count); /* RtlGenRandom of advapi32 */

BOOL WINAPI DllMainCRTStartup(HINSTANCE self, DWORD reason, LPVOID reserved)
{
    return TRUE;
}

__declspec(dllexport) BOOL WINAPI ProcessPrng(BYTE *bytes, SIZE_T count)
{
    return SystemFunction036(bytes, (ULONG)count);
}
