; Setup: installs for the present user, without administrator rights, over whatever version is there.
;
;   makensis -INPUTCHARSET UTF8 -DVERSION=… -DBUNDLE=folder -DOUTPUT=file.exe installer.nsi
;
; Switches: /S silent, /D=folder (the last one, without quotes), /DESKTOP shortcut on the desktop,
; /SOURCE="folder" where to look for updates (else where Setup was started from), /UPDATE started by
; the program: wait until it has ended, ask nothing, start it again.
; Exit codes: 0 done, 1 cancelled by the user, 2 refused or failed, with everything as it was.

Unicode true
ManifestDPIAware true
ManifestLongPathAware true
RequestExecutionLevel user
!ifdef QUICKLY_MADE ; for the proofs
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 32 ; MB: the two programs hold the same modules, some 20 MB apart
!endif

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WordFunc.nsh

!define TITLE "協働プラン進捗管理"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\KyodoDesktop"
!define CLASSES "Software\Classes"
!define KIND "KyodoDesktop.Plan"
!define PROGRAM "$INSTDIR\KyodoDesktop.exe"
!define NEW "$INSTDIR\_kyodo_new"
!define OLD "$INSTDIR\_kyodo_old"
!define REFUSED 2
!define WAIT_TURNS 150 ; of 0.2 seconds
!define MOVE_TURNS 50

Name "${TITLE}"
BrandingText "${TITLE} ${VERSION}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\KyodoDesktop"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1041 "ProductName" "${TITLE}"
VIAddVersionKey /LANG=1041 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1041 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1041 "FileDescription" "${TITLE} セットアップ"
VIAddVersionKey /LANG=1041 "LegalCopyright" "MIT License"

!define MUI_ICON "kyodo_desktop.ico"
!define MUI_UNICON "kyodo_desktop.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "setup_panel.bmp"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "setup_panel.bmp"
!define MUI_ABORTWARNING
!define MUI_COMPONENTSPAGE_NODESC
!define MUI_FINISHPAGE_TITLE "インストールが終わりました"
!define MUI_FINISHPAGE_TEXT "スタートメニューの「${TITLE}」から始められます。$\r$\n計画のファイル（.kyodo）をダブルクリックして開くこともできます。"
!define MUI_FINISHPAGE_RUN "${PROGRAM}"
!define MUI_FINISHPAGE_RUN_TEXT "「${TITLE}」を開く(&O)"
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
!define MUI_UNCONFIRMPAGE_TEXT_TOP "プログラムをこのPCから削除します。計画のファイル（.kyodo）、設定と記録は削除しません。"

!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipInUpdate
!insertmacro MUI_PAGE_COMPONENTS
!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipInUpdate
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE StayIfForeign
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipInUpdate
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "プログラムを削除しました"
!define MUI_FINISHPAGE_TEXT "計画のファイル（.kyodo）は、保存した場所にそのまま残っています。$\r$\n$\r$\n設定・記録・サンプルは次のフォルダーに残しました。要らなければ削除してください。$\r$\n$LOCALAPPDATA\kyodo_desktop"
!insertmacro MUI_UNPAGE_FINISH
!insertmacro MUI_LANGUAGE "Japanese"

Var updating ; 1: started by the program
Var source ; where the next version will be looked for
Var turns
Var failed ; 1: a file or folder could not be moved

; Both exe files and whatever else runs from the folder: Windows lets nobody write to a program
; that is running.
!macro LEAVE_IF_IN_USE FILE LABEL
  ${If} ${FileExists} "${FILE}"
    ClearErrors
    FileOpen $0 "${FILE}" a
    ${If} ${Errors}
      Goto ${LABEL}
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

!macro WAIT_UNTIL_ENDED UN
Function ${UN}WaitUntilEnded
  StrCpy $turns 0
  look:
    !insertmacro LEAVE_IF_IN_USE "${PROGRAM}" in_use
    !insertmacro LEAVE_IF_IN_USE "$INSTDIR\kyodo.exe" in_use
    Return
  in_use:
    ${If} $updating == 1
    ${AndIf} $turns < ${WAIT_TURNS}
      Sleep 200
      IntOp $turns $turns + 1
      Goto look
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONINFORMATION "「${TITLE}」が動いています。$\r$\n\
      画面を閉じてから「再試行」を押してください。書きかけの内容は、閉じるときに保存されます。" \
      /SD IDCANCEL IDRETRY look
    SetErrorLevel ${REFUSED}
    Quit
FunctionEnd
!macroend
!insertmacro WAIT_UNTIL_ENDED ""
!insertmacro WAIT_UNTIL_ENDED "un."

!define FOREIGN "「$INSTDIR」には、ほかのプログラムが入っています。別のフォルダーを選んでください。"
Function IsForeign ; in $0: whether the folder holds files of others with names of ours
  StrCpy $0 0
  ${If} ${FileExists} "$INSTDIR\_internal"
  ${OrIf} ${FileExists} "$INSTDIR\uninstall.exe"
    ${IfNot} ${FileExists} "${PROGRAM}"
    ${AndIfNot} ${FileExists} "$INSTDIR\installed_from.txt"
    ${AndIfNot} ${FileExists} "${OLD}" ; of a Setup that was broken off
      StrCpy $0 1
    ${EndIf}
  ${EndIf}
FunctionEnd

Function StayIfForeign
  Call IsForeign
  ${If} $0 == 1
    MessageBox MB_OK|MB_ICONEXCLAMATION "${FOREIGN}"
    Abort
  ${EndIf}
FunctionEnd

Section "プログラム（必須）"
  SectionIn RO
  Call IsForeign
  ${If} $0 == 1
    Push "${FOREIGN}"
    Call Fail
  ${EndIf}
  Call WaitUntilEnded
  ; Beside the old version, which stays whole until the new one is: a full disk harms nothing.
  RMDir /r "${NEW}"
  SetOutPath "${NEW}"
  ClearErrors
  File /r "${BUNDLE}/*.*"
  ${If} ${Errors}
    Push "「$INSTDIR」に書き込めませんでした。空き容量と書き込みの権限を確かめてください。"
    Call Fail
  ${EndIf}
  SetOutPath "$INSTDIR"
  Call SwapIn
  Call Remember
SectionEnd

Section /o "デスクトップのショートカット" DESKTOP
  CreateShortcut "$DESKTOP\${TITLE}.lnk" "${PROGRAM}"
SectionEnd

; A virus scanner looks into what was just written, and nobody can move a folder meanwhile.
Function Move
  Pop $1 ; to
  Pop $0 ; from
  StrCpy $turns 0
  again:
  ${If} $failed == 1
  ${OrIfNot} ${FileExists} "$0"
    Return
  ${EndIf}
  ClearErrors
  Rename "$0" "$1"
  ${If} ${Errors}
    Sleep 200
    IntOp $turns $turns + 1
    ${If} $turns == ${MOVE_TURNS}
      StrCpy $failed 1
    ${EndIf}
    Goto again
  ${EndIf}
FunctionEnd

!macro MOVE NAME FROM TO
  Push "${FROM}\${NAME}"
  Push "${TO}\${NAME}"
  Call Move
!macroend
!macro MOVE_PROGRAM FROM TO
  !insertmacro MOVE "_internal" "${FROM}" "${TO}"
  !insertmacro MOVE "KyodoDesktop.exe" "${FROM}" "${TO}"
  !insertmacro MOVE "kyodo.exe" "${FROM}" "${TO}"
!macroend
!macro MOVE_BACK NAME ; what of the new version is in its place makes way
  ${If} ${FileExists} "${OLD}\${NAME}"
    !insertmacro MOVE "${NAME}" "$INSTDIR" "${NEW}"
    !insertmacro MOVE "${NAME}" "${OLD}" "$INSTDIR"
  ${EndIf}
!macroend

Function SwapIn
  StrCpy $failed ""
  RMDir /r "${OLD}"
  CreateDirectory "${OLD}"
  !insertmacro MOVE_PROGRAM "$INSTDIR" "${OLD}"
  !insertmacro MOVE_PROGRAM "${NEW}" "$INSTDIR"
  ${If} $failed == 1
    StrCpy $failed ""
    !insertmacro MOVE_BACK "_internal"
    !insertmacro MOVE_BACK "KyodoDesktop.exe"
    !insertmacro MOVE_BACK "kyodo.exe"
    RMDir "${OLD}"
    Push "プログラムのファイルがほかのプログラム（ウイルス対策ソフトなど）で使われています。少し待ってから、もう一度お試しください。"
    Call Fail
  ${EndIf}
  Call RemoveNew
  RMDir /r "${OLD}"
FunctionEnd

Function RemoveNew
  SetOutPath "$INSTDIR" ; Windows removes no folder that a program is in
  RMDir /r "${NEW}"
FunctionEnd

; NSIS itself has told why: the disk is full, or Setup was not copied whole.
Function .onInstFailed
  Call RemoveNew
  Call StartAgain
FunctionEnd

Function Fail
  Pop $0
  Call RemoveNew
  MessageBox MB_OK|MB_ICONEXCLAMATION "$0$\r$\n何も変更していません。" /SD IDOK
  Call StartAgain
  SetErrorLevel ${REFUSED}
  Quit
FunctionEnd

Function Remember
  FileOpen $0 "$INSTDIR\installed_from.txt" w
  FileWriteUTF16LE /BOM $0 "$source"
  FileClose $0
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${TITLE}.lnk" "${PROGRAM}"

  WriteRegStr HKCU "${CLASSES}\.kyodo" "" "${KIND}"
  WriteRegStr HKCU "${CLASSES}\${KIND}" "" "${TITLE}の計画"
  WriteRegStr HKCU "${CLASSES}\${KIND}\DefaultIcon" "" "${PROGRAM},0"
  WriteRegStr HKCU "${CLASSES}\${KIND}\shell\open\command" "" '"${PROGRAM}" "%1"'
  Call TellExplorer

  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${TITLE}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "${PROGRAM},0"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "kyodo_desktop"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" $0
FunctionEnd

!macro TELL_EXPLORER UN
Function ${UN}TellExplorer ; that an ending has got or lost its program
  System::Call "shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)"
FunctionEnd
!macroend
!insertmacro TELL_EXPLORER ""
!insertmacro TELL_EXPLORER "un."

Function .onInit
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/UPDATE" $0
  ${IfNot} ${Errors}
    StrCpy $updating 1
    SetAutoClose true
  ${EndIf}
  ClearErrors
  ${GetOptions} $1 "/SOURCE=" $source
  ${If} ${Errors}
    StrCpy $source "$EXEDIR"
  ${EndIf}
  ClearErrors
  ${GetOptions} $1 "/DESKTOP" $0
  ${IfNot} ${Errors}
  ${OrIf} ${FileExists} "$DESKTOP\${TITLE}.lnk"
    SectionSetFlags ${DESKTOP} ${SF_SELECTED}
  ${EndIf}
  Call RefuseToGoBack
FunctionEnd

; A plan that a newer version has written cannot be opened by an older one.
Function RefuseToGoBack
  ReadRegStr $1 HKCU "${UNINSTALL_KEY}" "DisplayVersion"
  ${VersionCompare} "${VERSION}" "$1" $0
  ${If} $1 != ""
  ${AndIf} $0 == 2
    MessageBox MB_OK|MB_ICONINFORMATION "このPCには、より新しいバージョン $1 が入っています（これは ${VERSION}）。$\r$\n\
      何も変更せずに終わります。古いバージョンに戻すときは、先に今のバージョンを削除してください。" /SD IDOK
    SetErrorLevel ${REFUSED}
    Quit
  ${EndIf}
FunctionEnd

Function SkipInUpdate
  ${If} $updating == 1
    Abort
  ${EndIf}
FunctionEnd

Function .onInstSuccess
  Call StartAgain
FunctionEnd

Function StartAgain ; the program that has closed itself for the update, be it the old or the new
  ${If} $updating == 1
    Exec '"${PROGRAM}"'
  ${EndIf}
FunctionEnd

Function un.onInit
  Call un.WaitUntilEnded
FunctionEnd

; What Setup made, and nothing else: files of the user's in the folder keep it in place.
Section "un.プログラム"
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "${NEW}" ; of a Setup that was broken off
  RMDir /r "${OLD}"
  Delete "${PROGRAM}"
  Delete "$INSTDIR\kyodo.exe"
  Delete "$INSTDIR\installed_from.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir /r "$LOCALAPPDATA\kyodo_desktop\Cache" ; downloaded updates
  Delete "$SMPROGRAMS\${TITLE}.lnk"
  Delete "$DESKTOP\${TITLE}.lnk"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "${CLASSES}\${KIND}"
  ReadRegStr $0 HKCU "${CLASSES}\.kyodo" ""
  ${If} $0 == "${KIND}"
    DeleteRegKey HKCU "${CLASSES}\.kyodo"
  ${EndIf}
  Call un.TellExplorer
  RMDir "$INSTDIR" ; last: whoever waits for the end of a silent removal sees it by this
SectionEnd
