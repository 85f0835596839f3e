; uninstall.exe: removes what Setup made, and nothing else. Setup carries it (installer.nsi).
;
; Switches: /S silent, /LOG="file". It ends when the program is gone, with a true exit code
; (setup_common.nsh). What is left then is the folder with itself in it, which Windows keeps as
; long as it runs: a copy in %TEMP% waits for that (/REST=process) and removes both.

SetCompressor zlib
!include setup_common.nsh
!include setup_folders.nsh
VIAddVersionKey /LANG=1041 "FileDescription" "${TITLE} の削除"

Caption "${TITLE} の削除"
InstallButtonText "削除(&D)"
ReserveFile /plugin System.dll
!define COPIES "$TEMP\~nsu-kyodo"
!define REST_WAIT 60000 ; milliseconds

!define MUI_ABORTWARNING_TEXT "削除を取りやめますか？"
!define MUI_WELCOMEPAGE_TITLE "プログラムを削除します"
!define MUI_WELCOMEPAGE_TEXT "「${TITLE}」をこのPCから削除します。$\r$\n$\r$\n\
  計画のファイル（.kyodo）、設定と記録は削除しません。$\r$\n$\r$\n始めるには「削除」を押してください。"
!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_HEADER_TEXT "削除しています"
!define MUI_PAGE_HEADER_SUBTEXT "終わるまでしばらくお待ちください。"
!define MUI_INSTFILESPAGE_FINISHHEADER_TEXT "削除しました"
!define MUI_INSTFILESPAGE_FINISHHEADER_SUBTEXT "プログラムを削除しました。"
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "プログラムを削除しました"
!define MUI_FINISHPAGE_TEXT "計画のファイル（.kyodo）は、保存した場所にそのまま残っています。$\r$\n$\r$\n設定・記録・サンプルは次のフォルダーに残しました。要らなければ削除してください。$\r$\n$LOCALAPPDATA\kyodo_desktop"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_LANGUAGE "Japanese"

Function .onInit
  Call OpenLog
  StrCpy $updating 0
  ${ValueOf} "/REST=" $0
  ${IfNot} ${Errors}
    Call RemoveRest
    Quit
  ${EndIf}
  StrCpy $INSTDIR $EXEDIR
  ${Log} "「${TITLE}」${VERSION} の削除を始めました: $CMDLINE"
  ${IfNot} ${FileExists} "${PROGRAM}"
  ${AndIfNot} ${FileExists} "$INSTDIR\installed_from.txt"
  ${AndIfNot} ${FileExists} "${OLD}"
    ${Refuse} ${FAILED} "「$INSTDIR」には「${TITLE}」がありません。何も削除していません。"
  ${EndIf}
  Call LeaveIfBusy
FunctionEnd

Section
  ${Phase} "プログラムを削除しています。"
  Call TryToWrite
  ${If} $error != 0
    Call Reason
    ${Refuse} ${FOLDER_UNUSABLE} "${UNWRITABLE}$\r$\n何も削除していません。"
  ${EndIf}
  Call WaitUntilEnded
  Call Restore
  ${If} $failed != 1
    Call TakeOut
    ${If} $failed == 1
      Call Restore
      StrCpy $failed 1
    ${EndIf}
  ${EndIf}
  ${If} $failed == 1
    ${Refuse} ${FAILED} "${HELD}\
      何も削除していません。少し待ってから、もう一度お試しください。"
  ${EndIf}
  Call DiscardOld
  ${Log} "「$INSTDIR」のプログラムを削除しました。"
  Call RemoveRefuse
  RMDir /r "${UPDATES}"
  RMDir /r "$LOCALAPPDATA\kyodo_desktop\Cache" ; where versions up to 0.3.0 kept them
  Call Forget
SectionEnd

; Unless Windows knows the program in another folder: then all this belongs to that one.
Function Forget
  ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $0 != ""
  ${AndIf} $0 != $INSTDIR
    ${Log} "登録とショートカットは「$0」のものなので残します。"
    Return
  ${EndIf}
  Delete "$SMPROGRAMS\${TITLE}.lnk"
  Delete "$DESKTOP\${TITLE}.lnk"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "${CLASSES}\${KIND}"
  ReadRegStr $0 HKCU "${CLASSES}\.kyodo" ""
  ${If} $0 == "${KIND}"
    DeleteRegKey HKCU "${CLASSES}\.kyodo"
  ${EndIf}
  Call TellExplorer
  ${Log} "登録とショートカットを削除しました。"
FunctionEnd

Function .onInstSuccess
  CreateDirectory "${COPIES}"
  Delete "${COPIES}\*.exe" ; of former times
  System::Call 'kernel32::GetCurrentProcessId() i.r0'
  CopyFiles /SILENT "$EXEPATH" "${COPIES}\$0.exe"
  StrCpy $1 ""
  ${If} $log != ""
    StrCpy $1 '/LOG="$log"'
  ${EndIf}
  SetOutPath "$TEMP"
  ClearErrors
  Exec '"${COPIES}\$0.exe" /S /REST=$0 $1 /D=$INSTDIR'
  ${If} ${Errors}
    ${Log} "「$EXEPATH」は、このPCの制限のため残りました。フォルダーごと削除できます。"
  ${EndIf}
  ${Log} "終わりました。（終了コード 0）"
FunctionEnd

; $0: the process that has removed everything else. Whoever has begun to install since is left alone.
Function RemoveRest
  System::Call 'kernel32::OpenProcess(i 0x100000, i 0, i r0) p.r1'
  ${If} $1 P<> 0
    System::Call 'kernel32::WaitForSingleObject(p r1, i ${REST_WAIT})'
    System::Call 'kernel32::CloseHandle(p r1)'
  ${EndIf}
  StrCpy $0 0
  Call TakeLock
  ${If} $0 == 1
  ${AndIfNot} ${FileExists} "${PROGRAM}"
    Delete "$INSTDIR\uninstall.exe"
    Delete "$INSTDIR\installed_from.txt" ; the mark by which Setup knows the folder as ours
    RMDir "$INSTDIR" ; last: whoever waits for the end sees it by this
    ${If} ${FileExists} "$INSTDIR\*.*"
      ${Log} "「$INSTDIR」は、ほかのファイルがあるため残しました。"
    ${Else}
      ${Log} "「$INSTDIR」を削除しました。"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function StartAgain ; nothing: the program is not wanted any more
FunctionEnd
