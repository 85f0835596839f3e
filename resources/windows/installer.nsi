; Setup: installs for the present user, without administrator rights, over whatever version is there.
;
;   makensis -INPUTCHARSET UTF8 -DVERSION=… -DBUNDLE=folder -DOUTPUT=file.exe installer.nsi
;
; Switches: /S silent, /D=folder (the last one, or in quotes), /DESKTOP shortcut on the desktop,
; /SOURCE="folder" where to look for updates (else where Setup was started from), /LOG="file" what
; was done, /UPDATE started by the program: wait until it has ended, ask nothing, start it again.
; Exit codes: see setup_common.nsh.

!ifdef QUICKLY_MADE ; for the proofs
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 80 ; MB: all of it, for the two programs are alike and lie far apart
!endif

!include setup_common.nsh
!include setup_folders.nsh
VIAddVersionKey /LANG=1041 "FileDescription" "${TITLE} セットアップ"

; The program that removes is a Setup of its own kind. NSIS's uninstaller would copy itself and
; say that all went well before it has begun.
!if ${NSIS_PTR_SIZE} == 8
  !define TARGET "-XTarget amd64-unicode"
!else
  !define TARGET "-XTarget x86-unicode"
!endif
!tempfile REMOVER
!makensis '"${TARGET}" -V2 -INPUTCHARSET UTF8 "-DVERSION=${VERSION}" "-DOUTPUT=${REMOVER}" uninstaller.nsi' = 0

!ifdef NSIS_WIN32_MAKENSIS
  !define PYTHON python
!else
  !define PYTHON python3
!endif
!tempfile BUNDLE_FILES
!system '${PYTHON} bundle_files.py "${BUNDLE}" "${REMOVER}" > "${BUNDLE_FILES}"' = 0
!include /CHARSET=UTF8 "${BUNDLE_FILES}"
!delfile "${BUNDLE_FILES}"

!define DEFAULT_FOLDER "$LOCALAPPDATA\Programs\KyodoDesktop"
Var source ; where the next version will be looked for; empty: as before
Var registered ; the folder that Windows knows the program to be in
!include setup_checks.nsh

InstallDir "${DEFAULT_FOLDER}"
InstallButtonText "導入する(&I)"
ReserveFile /plugin System.dll ; the first in the archive, so that what comes before need not be unpacked
ReserveFile /plugin nsDialogs.dll

!define MUI_COMPONENTSPAGE_NODESC
!define MUI_FINISHPAGE_TITLE "導入が終わりました"
!define MUI_FINISHPAGE_TEXT "スタートメニューの「${TITLE}」で開きます。$\r$\n計画のファイル（.kyodo）は、ダブルクリックでも開きます。"
!define MUI_FINISHPAGE_TEXT_LARGE
!define MUI_FINISHPAGE_RUN "${PROGRAM}"
!define MUI_FINISHPAGE_RUN_TEXT "「${TITLE}」を開く(&O)"

!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipInUpdate
!define MUI_PAGE_HEADER_TEXT "導入するもの"
!define MUI_PAGE_HEADER_SUBTEXT "管理者の権限は要りません。"
!define MUI_COMPONENTSPAGE_TEXT_TOP "デスクトップのショートカットも作るときは、印を付けてください。"
!define MUI_COMPONENTSPAGE_TEXT_COMPLIST "導入するもの:"
!insertmacro MUI_PAGE_COMPONENTS
!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipInUpdate
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE StayIfUnusable
!define MUI_PAGE_HEADER_TEXT "導入先"
!define MUI_PAGE_HEADER_SUBTEXT "プログラムを入れるフォルダーを確かめてください。"
!define MUI_DIRECTORYPAGE_TEXT_TOP "ふつうはこのままで構いません。別のフォルダーにするときは「参照」を押してください。"
!define MUI_DIRECTORYPAGE_TEXT_DESTINATION "導入先のフォルダー"
!insertmacro MUI_PAGE_DIRECTORY
!define MUI_PAGE_HEADER_TEXT "導入しています"
!define MUI_PAGE_HEADER_SUBTEXT "終わるまでしばらくお待ちください。"
!insertmacro MUI_PAGE_INSTFILES
!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipInUpdate
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_LANGUAGE "Japanese"

Section "プログラム（必須）"
  SectionIn RO
  AddSize ${KILOBYTES}
  ${Phase} "導入先を確かめています。"
  ${Log} "導入先: $INSTDIR"
  Call CheckFolder
  ${If} $problem != ""
    ${Refuse} ${FOLDER_UNUSABLE} "$problem$\r$\n何も変更していません。"
  ${EndIf}
  Call WaitUntilEnded
  Call RestoreOrRefuse
  Call RemoveRefuse
  Call CheckSpace
  ${If} $problem != ""
    ${Refuse} ${NO_SPACE} "$problem"
  ${EndIf}
  Call Unpack
  Call SwapIn
  Call Remember
SectionEnd

Section /o "デスクトップのショートカット" DESKTOP
  CreateShortcut "$DESKTOP\${TITLE}.lnk" "${PROGRAM}"
  ${Log} "デスクトップにショートカットを作りました。"
SectionEnd

Function RestoreOrRefuse
  Call Restore
  ${If} $failed == 1
    ${Refuse} ${CANNOT_RESTORE} "途中で終わった入れ替えを元に戻せませんでした。${HELD}\
      PCを再起動してから、このセットアップをもう一度実行してください。計画のファイルは何も変わっていません。"
  ${EndIf}
FunctionEnd

; Beside the old version, which stays whole until the new one is: a full disk harms nothing.
Function Unpack
  ${Phase} "プログラムを展開しています。"
  ${Log} "展開します: ${FILES}個のファイル、${BYTES}バイト"
  ClearErrors
  !insertmacro UNPACK_BUNDLE
  SetOutPath "${NEW}"
  File "/oname=uninstall.exe" "${REMOVER}"
  SetOutPath "$INSTDIR"
  ${If} ${Errors}
    Push "「$INSTDIR」に書き込めませんでした。空き容量と書き込みの権限を確かめてください。"
    Call Fail
  ${EndIf}
  ${GetSize} "${NEW}" "/S=0B" $0 $1 $2
  ${If} $0 != ${BYTES}
  ${OrIf} $1 != ${FILES}
    Push "展開したファイルがそろっていません（$1個、$0バイト。正しくは${FILES}個、${BYTES}バイト）。ウイルス対策ソフトの記録を確かめてください。"
    Call Fail
  ${EndIf}
  ${Log} "展開したファイルの数とバイト数を確かめました。"
  Call NoteSource
FunctionEnd

Function NoteSource ; beside the new version, so that it comes in whole or not at all
  ${If} $source == ""
  ${AndIf} $EXEDIR != "${UPDATES}"
    StrCpy $source $EXEDIR
  ${EndIf}
  ${If} $source != ""
    FileOpen $0 "${NEW}\installed_from.txt" w
    FileWriteUTF16LE /BOM $0 "$source"
    FileClose $0
  ${EndIf}
FunctionEnd
!delfile "${REMOVER}"

; That it can be renamed shows, before the old version is touched, that nobody holds the new one.
Function SwapIn
  ${Phase} "新しいバージョンに入れ替えています。"
  StrCpy $failed ""
  ${Move} "${NEW}" "${READY}"
  ${If} $failed != 1
    Call TakeOut
    !insertmacro FOR_PIECES BRING_IN
    Call IsWhole
    ${If} $0 == 0
      StrCpy $failed 1
    ${EndIf}
    ${If} $failed == 1
      Call RestoreOrRefuse
      StrCpy $failed 1
    ${EndIf}
  ${EndIf}
  ${If} $failed == 1
    Push "${HELD}少し待ってから、もう一度お試しください。"
    Call Fail
  ${EndIf}
  Call DiscardOld
  ${Log} "新しいバージョンに入れ替えました。"
FunctionEnd

; NSIS itself has told why: the disk is full, or Setup was not copied whole.
Function .onInstFailed
  ${Log} "展開の途中で終わりました（空き容量の不足、切れた接続、壊れたセットアップなど）。何も変更していません。（終了コード ${FAILED}）"
  Call LeaveNothing
  Call StartAgain
FunctionEnd

Function LeaveNothing ; of this Setup
  Call RemoveRefuse
  RMDir "$INSTDIR"
FunctionEnd

Function Fail
  Exch $0
  Call LeaveNothing
  ${Refuse} ${FAILED} "$0$\r$\n何も変更していません。"
FunctionEnd

Function Remember
  StrCpy $failed ""
  ${Move} "${READY}\uninstall.exe" "$INSTDIR\uninstall.exe"
  StrCpy $failed "" ; the one of before does as well
  ${Move} "${READY}\installed_from.txt" "$INSTDIR\installed_from.txt"
  Call RemoveRefuse
  SetOutPath "$INSTDIR" ; where the shortcuts start it
  CreateShortcut "$SMPROGRAMS\${TITLE}.lnk" "${PROGRAM}"

  WriteRegStr HKCU "${CLASSES}\.kyodo" "" "${KIND}"
  WriteRegStr HKCU "${CLASSES}\${KIND}" "" "${TITLE}の計画"
  WriteRegStr HKCU "${CLASSES}\${KIND}\DefaultIcon" "" "${PROGRAM},0"
  WriteRegStr HKCU "${CLASSES}\${KIND}\shell\open\command" "" '"${PROGRAM}" "%1"'
  Call TellExplorer

  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${TITLE}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "${PROGRAM},0"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "kyodo_desktop"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${KILOBYTES}
  ; Last: by this others tell that the version is there.
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  ${Log} "Windowsに登録しました。"
FunctionEnd

Function .onInit
  Call OpenLog
  ${Log} "「${TITLE}」${VERSION} のセットアップを始めました: $words"
  ${ValueOf} "/UPDATE" $0
  ${IfNot} ${Errors}
    StrCpy $updating 1
    SetAutoClose true
  ${EndIf}
  ${ValueOf} "/SOURCE=" $source
  ${If} ${Errors}
    StrCpy $source ""
  ${EndIf}
  ${ValueOf} "/DESKTOP" $0
  ${IfNot} ${Errors}
  ${OrIf} ${FileExists} "$DESKTOP\${TITLE}.lnk"
    SectionSetFlags ${DESKTOP} ${SF_SELECTED}
  ${EndIf}
  Call CheckWindows
  ${If} $problem != ""
    ${Refuse} ${WINDOWS_UNFIT} "$problem"
  ${EndIf}
  Call LeaveIfBusy
  Call ChooseFolder
  Call IsInUse
  ${If} $0 == 0
    Call RestoreOrRefuse ; also for whoever now leaves Setup: one whole version is there
    Call RemoveRefuse
  ${EndIf}
  Call RefuseToGoBack
  Call AskIfOtherAccount
FunctionEnd

; Where it is already, unless another folder was named. A folder that is gone is not made again:
; the registry may have come from another PC, with the user's profile. Of a /D= in quotes or that
; it does not like NSIS says nothing and takes another folder; CheckFolder will say what is wrong.
Function ChooseFolder
  ReadRegStr $registered HKCU "${UNINSTALL_KEY}" "InstallLocation"
  Call ReadWish
  ${IfNot} ${Errors}
    StrCpy $INSTDIR $0
  ${ElseIf} $registered != ""
    ${If} ${FileExists} "$registered\*.*"
      StrCpy $INSTDIR $registered
    ${Else}
      ${Log} "登録されている導入先「$registered」はないため、新しく導入します。"
    ${EndIf}
  ${EndIf}
  ${If} $registered != ""
  ${AndIf} $registered != $INSTDIR
  ${AndIf} ${FileExists} "$registered\KyodoDesktop.exe"
    ${Log} "前の導入先「$registered」のプログラムはそのまま残ります。"
  ${EndIf}
FunctionEnd

; $0: what /D= says, or an error. Without quotes it goes to the end of the line, as NSIS has it.
Function ReadWish
  ${ValueOf} "/D=" $1
  ${If} ${Errors}
    SetErrors ; which the question took away
    Return
  ${EndIf}
  StrCpy $R0 ' "/D='
  Call After
  ${If} ${Errors}
    StrCpy $R0 ' /D="'
    Call After
  ${EndIf}
  ${If} ${Errors}
    StrCpy $R0 " /D="
    Call After
  ${Else}
    StrCpy $0 $1
  ${EndIf}
  ${Do} ; as NSIS does
    StrCpy $1 $0 1 -1
    ${If} $1 != "\"
    ${AndIf} $1 != " "
      ${Break}
    ${EndIf}
    StrCpy $0 $0 -1
  ${Loop}
  ${WordReplace} "$0" '"' "" "+" $1
  ${WordReplace} "$1" "/" "" "+" $1
  ${If} $1 != $0 ; a switch follows, which NSIS would make a part of the name
    ${Refuse} ${FOLDER_UNUSABLE} "導入先「$0」${NO_FOLDER}$\r$\n何も変更していません。"
  ${EndIf}
  ClearErrors
FunctionEnd

; A plan that a newer version has written cannot be opened by an older one.
Function RefuseToGoBack
  ReadRegStr $1 HKCU "${UNINSTALL_KEY}" "DisplayVersion"
  ${If} $1 != ""
  ${AndIf} ${FileExists} "$registered\KyodoDesktop.exe"
    ${VersionCompare} "${VERSION}" "$1" $0
    ${If} $0 == 2
      ${Refuse} ${NEWER_IS_THERE} "このPCには、より新しいバージョン $1 が入っています（これは ${VERSION}）。$\r$\n\
        何も変更せずに終わります。古いバージョンに戻すときは、先に今のバージョンを削除してください。"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function AskIfOtherAccount
  Call CheckAccount
  ${If} $problem != ""
    ${Log} "$problem"
    ${If} $updating != 1
      MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$problem$\r$\n$\r$\n\
        管理者の権限は要りません。「いいえ」を押して、普通にダブルクリックして始めてください。$\r$\n\
        このまま「$me」に導入しますか？" /SD IDYES IDYES go_on
      Call TellAborted
      SetErrorLevel ${CANCELLED}
      Quit
      go_on:
    ${EndIf}
  ${EndIf}
FunctionEnd

Function StayIfUnusable
  Call CheckFolder
  ${If} $problem == ""
    Call CheckSpace
  ${EndIf}
  ${If} $problem != ""
    MessageBox MB_OK|MB_ICONEXCLAMATION "$problem"
    Abort
  ${EndIf}
FunctionEnd

Function SkipInUpdate
  ${If} $updating == 1
    Abort
  ${EndIf}
FunctionEnd

Function .onInstSuccess
  ${Log} "終わりました。（終了コード 0）"
  Call StartAgain
FunctionEnd

Function StartAgain ; the program that has closed itself for the update, be it the old or the new
  ${If} $updating == 1
  ${AndIf} ${FileExists} "${PROGRAM}"
    Exec '"${PROGRAM}"'
  ${EndIf}
FunctionEnd
