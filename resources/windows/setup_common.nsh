; What Setup and the program that removes have in common: names, exit codes, the log, the lock.

Unicode true
ManifestDPIAware true
ManifestLongPathAware true
RequestExecutionLevel user
AllowSkipFiles off
SetDateSave off ; the dates of the machine that builds say nothing

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh

!define TITLE "協働プラン進捗管理"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\KyodoDesktop"
!define CLASSES "Software\Classes"
!define KIND "KyodoDesktop.Plan"
!define PROGRAM "$INSTDIR\KyodoDesktop.exe"
!define UPDATES "$INSTDIR\_kyodo_update" ; where the program keeps the Setup of the next version

; Exit codes. Below CANNOT_RESTORE everything is as it was.
!define CANCELLED 1
!define FAILED 2
!define PROGRAM_RUNS 3
!define NO_SPACE 4
!define FOLDER_UNUSABLE 5
!define NEWER_IS_THERE 6
!define WINDOWS_UNFIT 7
!define CANNOT_RESTORE 8
!define BUSY 1618 ; Windows' own for this: Intune tries again after it

!define SPARE_LOG "$TEMP\KyodoDesktop-Setup.log"
!define LOCK_WAIT 5000 ; milliseconds
!define SHARING_VIOLATION 32
!define USER_MAPPED_FILE 1224

Name "${TITLE}"
BrandingText "${TITLE} ${VERSION}"
OutFile "${OUTPUT}"
ShowInstDetails nevershow

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1041 "ProductName" "${TITLE}"
VIAddVersionKey /LANG=1041 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1041 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1041 "LegalCopyright" "MIT License"

!define MUI_ICON "kyodo_desktop.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "setup_panel.bmp"
!define MUI_ABORTWARNING
!define MUI_CUSTOMFUNCTION_ABORT TellAborted
!define MUI_FINISHPAGE_NOREBOOTSUPPORT

Var log ; the file of /LOG=, or nothing
Var words ; of the command line
Var updating ; 1: started by the program
Var error ; Windows' number of what went wrong last

!macro LOG TEXT
  Push "${TEXT}"
  Call WriteLog
!macroend
!define Log "!insertmacro LOG"

; What the page shows while it works: not the names of single files.
!macro PHASE TEXT
  SetDetailsPrint textonly
  DetailPrint "${TEXT}"
  SetDetailsPrint none
!macroend
!define Phase "!insertmacro PHASE"

!macro REFUSE CODE TEXT
  Push "${TEXT}"
  Push ${CODE}
  Call Refuse
!macroend
!define Refuse "!insertmacro REFUSE"

; One line with the time, in UTF-8, at the end of the file: whatever happens next, it is there.
Function WriteLog
  Exch $R9
  ${If} $log != ""
    System::Store "S"
    ${WordReplace} "$R9" "$\r$\n" "" "+" $R9
    System::Call '*(&i2,&i2,&i2,&i2,&i2,&i2,&i2,&i2) p.R1'
    System::Call 'kernel32::GetLocalTime(p R1)'
    System::Call '*$R1(&i2.r1, &i2.r2, &i2, &i2.r3, &i2.r4, &i2.r5, &i2.r6)'
    System::Free $R1
    IntFmt $2 "%02u" $2
    IntFmt $3 "%02u" $3
    IntFmt $4 "%02u" $4
    IntFmt $5 "%02u" $5
    IntFmt $6 "%02u" $6
    StrCpy $R9 "$1-$2-$3 $4:$5:$6  $R9$\r$\n"
    StrCpy $R8 $log
    System::Call 'kernel32::CreateFileW(w R8, i 0x84, i 3, p 0, i 4, i 0x80, p 0) p.R1'
    ${If} $R1 P<> -1
      System::Call 'kernel32::GetFileSize(p R1, p 0) i.R2'
      ${If} $R2 == 0
        System::Call 'kernel32::WriteFile(p R1, *i 0xBFBBEF, i 3, *i, p 0)'
      ${EndIf}
      System::Alloc 4096
      Pop $R2
      System::Call 'kernel32::WideCharToMultiByte(i 65001, i 0, w R9, i -1, p R2, i 4096, p 0, p 0) i.R3'
      IntOp $R3 $R3 - 1
      System::Call 'kernel32::WriteFile(p R1, p R2, i R3, *i, p 0)'
      System::Free $R2
      System::Call 'kernel32::CloseHandle(p R1)'
    ${EndIf}
    System::Store "L"
  ${EndIf}
  Pop $R9
FunctionEnd

; End here with the code and the text that were pushed, the code last.
Function Refuse
  Pop $R0
  Pop $R1
  ${Log} "$R1（終了コード $R0）"
  MessageBox MB_OK|MB_ICONEXCLAMATION "$R1" /SD IDOK
  ${If} $R0 != ${BUSY}
  ${AndIf} $R0 != ${PROGRAM_RUNS}
    Call StartAgain
  ${EndIf}
  SetErrorLevel $R0
  Quit
FunctionEnd

Function TellAborted
  ${Log} "利用者が取り消しました。何も変更していません。（終了コード ${CANCELLED}）"
FunctionEnd

; The whole command line: NSIS takes away what follows /D=. "/LOG=\"a b\"" becomes "/LOG="a b"".
Function ReadWords
  System::Call 'kernel32::GetCommandLineW() w.r0'
  ${WordReplace} "$0" '\"' '"' "+" $words
FunctionEnd

; $0: what follows $R0 in the words, or an error. Letters may be small or capital.
Function After
  StrLen $R2 $R0
  StrCpy $0 $words
  ClearErrors
  ${While} $0 != ""
    StrCpy $R3 $0 $R2
    StrCpy $0 $0 "" 1
    ${If} $R3 == $R0
      IntOp $R2 $R2 - 1
      StrCpy $0 $0 "" $R2
      Return
    ${EndIf}
  ${EndWhile}
  SetErrors
FunctionEnd

; $0: its part up to the next quote, if it begins with one or $R0 is one; else up to the next switch.
Function Before
  StrCpy $R2 $0 1
  ${If} $R2 == '"'
    StrCpy $R0 '"'
    StrCpy $0 $0 "" 1
  ${EndIf}
  StrCpy $R3 0
  ${Do}
    StrCpy $R2 $0 1 $R3
    ${If} $R2 == ""
      ${Break}
    ${EndIf}
    ${If} $R0 == '"'
    ${AndIf} $R2 == '"'
      ${Break}
    ${EndIf}
    StrCpy $R2 $0 2 $R3
    ${If} $R0 != '"'
      ${If} $R2 == " /"
      ${OrIf} $R2 == ' "'
        ${Break}
      ${EndIf}
    ${EndIf}
    IntOp $R3 $R3 + 1
  ${Loop}
  StrCpy $0 $0 $R3
FunctionEnd

; RESULT: the value of a switch such as /LOG=, or an error. It may be written /LOG="a b" or, as
; PowerShell makes of that, "/LOG=a b".
!macro VALUE_OF SWITCH RESULT
  Push '${SWITCH}'
  Call FindValue
  Pop ${RESULT}
!macroend
!define ValueOf "!insertmacro VALUE_OF"
Function FindValue
  Exch $R1
  Push $0
  StrCpy $R0 ' "$R1'
  Call After
  StrCpy $R0 '"'
  ${If} ${Errors}
    StrCpy $R0 " $R1"
    Call After
    StrCpy $R0 " "
  ${EndIf}
  ${If} ${Errors}
    StrCpy $0 ""
    SetErrors ; which the question took away
  ${Else}
    Call Before
  ${EndIf}
  StrCpy $R1 $0
  Pop $0
  Exch $R1
FunctionEnd

Function BeSilent ; also if /S follows /D=, where NSIS does not look for it
  StrCpy $R1 $words
  StrCpy $words "$words "
  StrCpy $R0 " /S "
  Call After
  ${IfNot} ${Errors}
    SetSilent silent
  ${EndIf}
  StrCpy $words $R1
FunctionEnd

; Takes what /LOG= says. Where that cannot be written, the log is kept with the temporary files,
; and says so.
Function OpenLog
  Call ReadWords
  Call BeSilent
  ${ValueOf} "/LOG=" $0
  ${If} ${Errors}
    Return
  ${EndIf}
  ExpandEnvStrings $0 $0 ; who starts Setup without cmd has nobody who does it
  GetFullPathName $log "$0"
  ${If} $log == "" ; a folder of it is not there
    StrCpy $log $0
  ${EndIf}
  Call TryLog
  ${If} $error != 0
    Call Reason
    StrCpy $0 "記録を「$log」に書けないため（理由: $1）、「${SPARE_LOG}」に書きます。"
    StrCpy $log "${SPARE_LOG}"
    ${Log} "$0"
    ${ValueOf} "/UPDATE" $1
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONINFORMATION "$0" /SD IDOK
    ${EndIf}
  ${EndIf}
FunctionEnd

Function TryLog ; `error`: why the log cannot be written, or 0
  StrCpy $error 0
  StrCpy $R0 $log
  System::Call 'kernel32::CreateFileW(w R0, i 0x84, i 3, p 0, i 4, i 0x80, p 0) p.R1 ?e'
  Pop $R2
  ${If} $R1 P<> -1
    System::Call 'kernel32::CloseHandle(p R1)'
  ${Else}
    StrCpy $error $R2
  ${EndIf}
FunctionEnd

; $0: 1 if nobody else installs or removes for this user, be it in another session. Windows
; gives the lock back when this process ends, however it does. $0 is how long to wait for it.
Function TakeLock
  StrCpy $R3 $0
  StrCpy $0 0
  System::Call 'advapi32::GetUserNameW(w.R0, *i 256)'
  StrCpy $R0 "Global\KyodoDesktop.Setup.$R0"
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w R0) p.R1 ?e'
  Pop $R2
  ${If} $R1 P<> 0
    System::Call 'kernel32::WaitForSingleObject(p R1, i R3) i.R2'
    ${If} $R2 == 0
    ${OrIf} $R2 == 0x80 ; of one that was killed
      StrCpy $0 1
    ${Else}
      System::Call 'kernel32::CloseHandle(p R1)'
    ${EndIf}
  ${EndIf}
FunctionEnd

; Two at once would unpack into each other's folders.
Function LeaveIfBusy
  again:
  StrCpy $0 0
  ${If} ${Silent}
    StrCpy $0 ${LOCK_WAIT}
  ${EndIf}
  Call TakeLock
  ${If} $0 != 1
    MessageBox MB_RETRYCANCEL|MB_ICONINFORMATION "「${TITLE}」のセットアップか削除が、もう1つ動いています。$\r$\n\
      そちらが終わってから「再試行」を押してください。" /SD IDCANCEL IDRETRY again
    ${Log} "「${TITLE}」のセットアップか削除がもう1つ動いているため、何もせずに終わります。（終了コード ${BUSY}）"
    SetErrorLevel ${BUSY}
    Quit
  ${EndIf}
FunctionEnd

; Windows lets nobody write to a program that is running. That somebody may not write there for
; another reason is found by whoever moves the files.
!macro LOOK_IF_IN_USE FILE
  ${If} $0 != 1
  ${AndIf} ${FileExists} "${FILE}"
    SetFileAttributes "${FILE}" NORMAL
    StrCpy $R0 "${FILE}"
    System::Call 'kernel32::CreateFileW(w R0, i 0x40000000, i 7, p 0, i 3, i 0, p 0) p.R1 ?e'
    Pop $R2
    ${If} $R1 P<> -1
      System::Call 'kernel32::CloseHandle(p R1)'
    ${ElseIf} $R2 == ${SHARING_VIOLATION}
    ${OrIf} $R2 == ${USER_MAPPED_FILE}
      StrCpy $0 1
    ${EndIf}
  ${EndIf}
!macroend
Function IsInUse ; in $0
  StrCpy $0 0
  !insertmacro LOOK_IF_IN_USE "${PROGRAM}"
  !insertmacro LOOK_IF_IN_USE "$INSTDIR\kyodo.exe"
FunctionEnd

!define WAIT_TURNS 150 ; of 0.2 seconds
Function WaitUntilEnded
  StrCpy $1 0
  look:
  Call IsInUse
  ${If} $0 == 1
    ${If} $updating == 1
    ${AndIf} $1 < ${WAIT_TURNS}
      Sleep 200
      IntOp $1 $1 + 1
      Goto look
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONINFORMATION "「${TITLE}」が動いています。$\r$\n\
      画面を閉じてから「再試行」を押してください。書きかけの内容は、閉じるときに保存されます。" \
      /SD IDCANCEL IDRETRY look
    ${Log} "「$INSTDIR」の「${TITLE}」が動いているため、何も変更せずに終わります。（終了コード ${PROGRAM_RUNS}）"
    SetErrorLevel ${PROGRAM_RUNS}
    Quit
  ${EndIf}
FunctionEnd

; $1: what Windows calls the error with the number $error. Only $1, for who calls has more to say.
Function Reason
  Push $R0
  StrCpy $R0 $error
  System::Call 'kernel32::FormatMessageW(i 0x1200, p 0, i R0, i 0, w.r1, i 512, p 0)'
  Pop $R0
  ${WordReplace} "$1" "$\r$\n" "" "+" $1
  StrCpy $1 "$1（エラー $error）"
FunctionEnd

Function TellExplorer ; that an ending has got or lost its program
  System::Call "shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)"
FunctionEnd
