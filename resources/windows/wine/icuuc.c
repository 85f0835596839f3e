/* For Wine 8 only. Qt looks for text converters in Windows' ICU; told that there are none, it
   uses its own for UTF-8, UTF-16 and Latin-1. */
#include <windows.h>

#define EXPORT __declspec(dllexport)
#define U_FILE_ACCESS_ERROR 4

BOOL WINAPI DllMainCRTStartup(HINSTANCE self, DWORD reason, LPVOID reserved)
{
    return TRUE;
}

static void fail(int *error)
{
    if (error)
        *error = U_FILE_ACCESS_ERROR;
}

EXPORT void *ucnv_open(const char *name, int *error) { fail(error); return NULL; }
EXPORT const char *ucnv_getName(const void *converter, int *error) { fail(error); return NULL; }
EXPORT const char *ucnv_getStandardName(const char *name, const char *standard, int *error) { fail(error); return NULL; }
EXPORT const char *ucnv_getAvailableName(int number) { return NULL; }
EXPORT int ucnv_countAvailable(void) { return 0; }
EXPORT signed char ucnv_getMaxCharSize(const void *converter) { return 1; }
EXPORT int ucnv_toUCountPending(const void *converter, int *error) { return 0; }
EXPORT int ucnv_fromUCountPending(const void *converter, int *error) { return 0; }

/* Never reached without a converter, but a DLL without them does not load. */
#define UNREACHED(name) EXPORT void name(void) {}
UNREACHED(ucnv_close)
UNREACHED(ucnv_reset)
UNREACHED(ucnv_fromUnicode)
UNREACHED(ucnv_toUnicode)
UNREACHED(ucnv_getFromUCallBack)
UNREACHED(ucnv_getToUCallBack)
UNREACHED(ucnv_setFromUCallBack)
UNREACHED(ucnv_setToUCallBack)
UNREACHED(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
UNREACHED(UCNV_TO_U_CALLBACK_SUBSTITUTE)
