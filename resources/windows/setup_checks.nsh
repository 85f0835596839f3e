; What Setup finds out before it changes anything. Each check sets `problem`, or leaves it empty.

!define LONGEST_PATH 259 ; unless Windows was told to allow longer ones
!define FILE_SYSTEM "SYSTEM\CurrentControlSet\Control\FileSystem"
!define OLDEST_BUILD 17763 ; Windows 10 1809: Qt works on no older one
!define WINDOWS_11 22000
!define USER_NAME 5 ; of a session: kinds of WTSQuerySessionInformation
!define DOMAIN_NAME 7
!define ROOM 4 ; MB: clusters that are not full, the folders, Setup's own parts
!ifdef QUICKLY_MADE
  !define TEMPORARY ${ROOM}
!else ; everything is unpacked once more, to %TEMP%
  !define /math TEMPORARY ${MEGABYTES} + ${ROOM}
!endif
!define /math NEEDED ${MEGABYTES} + ${ROOM}

Var problem
Var me ; DOMAIN\user of this process
Var at_screen ; the same of the one who is signed in

Function CheckWindows
  StrCpy $problem ""
  ${IfNot} ${RunningX64}
    StrCpy $problem "このWindowsは32ビット版です。「${TITLE}」は64ビット版のWindowsでだけ動きます。"
  ${ElseIfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    StrCpy $problem "このWindowsは古いため「${TITLE}」を動かせません。Windows 10（バージョン 1809 以降）か Windows 11 が必要です。"
  ${ElseIf} ${IsNativeARM64}
    ${If} ${AtLeastBuild} ${WINDOWS_11}
      ${Log} "ARM版のWindows 11です。64ビットのプログラムを動かす仕組みで動きますが、確かめていません。"
    ${Else}
      StrCpy $problem "ARM版のWindows 10では「${TITLE}」を動かせません。ARM版はWindows 11が必要です。"
    ${EndIf}
  ${EndIf}
FunctionEnd

!macro ASK_SESSION KIND RESULT
  System::Call '$SYSDIR\wtsapi32::WTSQuerySessionInformationW(p 0, i -1, i ${KIND}, *p.R1, *i) i.R2'
  ${If} $R2 != 0
    System::Call '*$R1(&w256.R3)'
    System::Call '$SYSDIR\wtsapi32::WTSFreeMemory(p R1)'
    StrCpy ${RESULT} $R3
  ${EndIf}
!macroend

; Whoever answers an administrator's prompt with another account installs into that account.
Function CheckAccount
  StrCpy $problem ""
  StrCpy $at_screen ""
  System::Call 'secur32::GetUserNameExW(i 2, w.R0, *i 256)'
  StrCpy $me $R0
  StrCpy $0 ""
  StrCpy $1 ""
  !insertmacro ASK_SESSION ${USER_NAME} $0
  !insertmacro ASK_SESSION ${DOMAIN_NAME} $1
  ${If} $0 != ""
    StrCpy $at_screen "$1\$0"
  ${EndIf}
  ${If} $at_screen == ""
    ${If} "$PROFILE" == "$SYSDIR\config\systemprofile"
      StrCpy $problem "システム アカウント（$me）で実行されているため、利用者の画面には現れません。利用者本人の権限で実行してください。"
    ${EndIf}
  ${ElseIf} $me != ""
  ${AndIf} $at_screen != $me
    StrCpy $problem "サインインしている「$at_screen」ではなく「$me」として実行されているため、\
      プログラムは「$me」に導入され、「$at_screen」のスタートメニューには現れません。"
  ${EndIf}
FunctionEnd

Function IsForeign ; in $0: whether the folder holds a program of others
  StrCpy $0 0
  ${If} $INSTDIR != "${DEFAULT_FOLDER}"
  ${AndIf} $INSTDIR != $registered
    ${If} ${FileExists} "$INSTDIR\_internal"
    ${OrIf} ${FileExists} "$INSTDIR\*.exe"
      ${IfNot} ${FileExists} "${PROGRAM}"
      ${AndIfNot} ${FileExists} "$INSTDIR\installed_from.txt"
      ${AndIfNot} ${FileExists} "${OLD}" ; of a Setup that was broken off
        StrCpy $0 1
      ${EndIf}
    ${EndIf}
  ${EndIf}
FunctionEnd

!define NO_FOLDER "は、ドライブから書いたフォルダーの名前ではありません。\
  /D= は引用符で囲むか、最後に書いてください。"
Function CheckFolder
  StrCpy $problem ""
  StrCpy $0 $INSTDIR 2
  StrCpy $1 $0 1 1
  StrLen $2 $INSTDIR
  ${If} $1 != ":"
  ${AndIf} $0 != "\\"
  ${OrIf} $2 < 4 ; a whole drive
    StrCpy $problem "導入先「$INSTDIR」${NO_FOLDER}"
    Return
  ${EndIf}
  Call IsForeign
  ${If} $0 == 1
    StrCpy $problem "「$INSTDIR」には、ほかのプログラムが入っています。別のフォルダーを選んでください。"
    Return
  ${EndIf}
  StrLen $0 "${READY}\"
  IntOp $0 $0 + ${LONGEST}
  ReadRegDWORD $1 HKLM "${FILE_SYSTEM}" "LongPathsEnabled"
  ${If} $0 > ${LONGEST_PATH}
  ${AndIf} $1 != 1
    IntOp $0 $0 - ${LONGEST_PATH}
    StrCpy $problem "「$INSTDIR」は長すぎて、Windowsがプログラムのファイルを作れません。$0文字以上短いフォルダーを選んでください。"
    Return
  ${EndIf}
  Call TryToWrite
  ${If} $error != 0
    Call Reason
    StrCpy $problem "${UNWRITABLE}"
  ${EndIf}
FunctionEnd

; $R0: a folder, that need not be there. $R1: its drive, $R2: the MB free there, or nothing.
Function AskDrive
  StrCpy $R2 ""
  System::Call 'kernel32::GetVolumePathNameW(w R0, w.R1, i 1024) i.R3'
  ${If} $R3 != 0
    System::Call 'kernel32::GetDiskFreeSpaceExW(w R1, *l.R4, p 0, p 0) i.R3'
    ${If} $R3 != 0
      System::Int64Op $R4 / 1048576
      Pop $R2
    ${EndIf}
  ${EndIf}
FunctionEnd

!macro TELL_IF_TOO_LITTLE DRIVE FREE NEED WHAT_FOR
  ${Log} "空き容量: 「${DRIVE}」に ${FREE} MB。必要なのは ${NEED} MB（${WHAT_FOR}）"
  ${If} "${FREE}" != ""
  ${AndIf} ${FREE} < ${NEED}
    StrCpy $problem "$problem「${DRIVE}」の空き容量が足りません。${NEED} MB 必要ですが、空きは ${FREE} MB です（${WHAT_FOR}）。$\r$\n"
  ${EndIf}
!macroend

; The version that is there keeps its room until the new one has taken its place.
Function CheckSpace
  StrCpy $problem ""
  StrCpy $R0 $TEMP
  Call AskDrive
  StrCpy $1 $R1
  StrCpy $2 $R2
  StrCpy $R0 $INSTDIR
  Call AskDrive
  ${If} $R1 == $1
    IntOp $0 ${NEEDED} + ${TEMPORARY}
    !insertmacro TELL_IF_TOO_LITTLE $R1 $R2 $0 "プログラムに ${NEEDED} MB、一時ファイルに ${TEMPORARY} MB"
  ${Else}
    !insertmacro TELL_IF_TOO_LITTLE $R1 $R2 ${NEEDED} "プログラムを入れる場所"
    !insertmacro TELL_IF_TOO_LITTLE $1 $2 ${TEMPORARY} "一時ファイルの場所（環境変数 TEMP）"
  ${EndIf}
  ${If} $problem != ""
    StrCpy $problem "$problem不要なファイルを片付けてから、もう一度実行してください。何も変更していません。"
  ${EndIf}
FunctionEnd
