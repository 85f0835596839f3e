; How one version takes the other's place, and how what was broken off is put right again.
;
; The program is three pieces: a folder and two programs that need it. A new version is unpacked
; into NEW; counted, it becomes READY. Then the old pieces move to OLD, all of them, and the new
; ones in: six renamings, and only within them is neither version whole. What is not needed any
; more is renamed to GONE before it is deleted. Hence, whenever this is broken off:
;
;   all three pieces in their place: one whole version, and OLD is refuse;
;   one is missing: OLD has the pieces of the version before, to be put back over new ones;
;   OLD holds the mark FIRST: there was none before, and what lies there is half a new one.

!define NEW "$INSTDIR\_kyodo_new"
!define READY "$INSTDIR\_kyodo_ready"
!define OLD "$INSTDIR\_kyodo_old"
!define GONE "$INSTDIR\_kyodo_gone"
!define FIRST "${OLD}\first"
!define MOVE_TURNS 50 ; of 0.2 seconds

Var failed ; 1: a file or folder could not be moved
Var held ; which, and why

!define HELD "プログラムのファイルがほかのプログラム（ウイルス対策ソフトなど）で使われているか、変更する権限がありません。$\r$\n$held"

!define UNWRITABLE "「$INSTDIR」に書き込めません。$\r$\n理由: $1$\r$\n\
  ドライブや共有につながっているか、このフォルダーに書き込む権限があるかを確かめてください。"
; `error`: why no folder and no file can be made there, or 0. It leaves no trace.
Function TryToWrite
  StrCpy $error 0
  StrCpy $2 0
  ${IfNot} ${FileExists} "$INSTDIR\*.*"
    CreateDirectory "$INSTDIR"
    StrCpy $2 1
  ${EndIf}
  StrCpy $R0 "$INSTDIR\_kyodo_try"
  RMDir "$R0"
  System::Call 'kernel32::CreateDirectoryW(w R0, p 0) i.R1 ?e'
  Pop $R2
  ${If} $R1 == 0
    StrCpy $error $R2
  ${Else}
    StrCpy $R3 "$R0\try"
    System::Call 'kernel32::CreateFileW(w R3, i 0x40010000, i 0, p 0, i 2, i 0x04000080, p 0) p.R1 ?e'
    Pop $R2
    ${If} $R1 P<> -1
      System::Call 'kernel32::CloseHandle(p R1)' ; by which Windows deletes it
    ${Else}
      StrCpy $error $R2
    ${EndIf}
    RMDir "$R0"
  ${EndIf}
  ${If} $2 == 1
    RMDir "$INSTDIR"
  ${EndIf}
FunctionEnd

!macro FOR_PIECES MACRO ; in this order: the last one that comes in is the last to be put back
  !insertmacro ${MACRO} "_internal"
  !insertmacro ${MACRO} "KyodoDesktop.exe"
  !insertmacro ${MACRO} "kyodo.exe"
!macroend

; A virus scanner looks into what was just written, and nobody can move a folder meanwhile.
Function MoveIt
  Pop $R1 ; to
  Pop $R0 ; from
  StrCpy $R3 0
  again:
  ${If} $failed == 1
  ${OrIfNot} ${FileExists} "$R0"
    Return
  ${EndIf}
  System::Call 'kernel32::MoveFileExW(w R0, w R1, i 9) i.R2 ?e'
  Pop $R4
  ${If} $R2 == 0
    IntOp $R3 $R3 + 1
    ${If} $R3 == ${MOVE_TURNS}
      StrCpy $failed 1
      StrCpy $error $R4
      Call Reason
      StrCpy $held "動かせなかったもの: 「$R0」$\r$\n理由: $1$\r$\n"
      ${Log} "「$R0」を「$R1」に移せませんでした: $1"
    ${Else}
      Sleep 200
    ${EndIf}
    Goto again
  ${EndIf}
FunctionEnd

!macro MOVE FROM TO
  Push "${FROM}"
  Push "${TO}"
  Call MoveIt
!macroend
!define Move "!insertmacro MOVE"

!macro LOOK_FOR NAME
  ${IfNot} ${FileExists} "$INSTDIR\${NAME}"
    StrCpy $0 0
  ${EndIf}
!macroend
Function IsWhole ; in $0: whether a version lies there with all its pieces
  StrCpy $0 1
  !insertmacro FOR_PIECES LOOK_FOR
FunctionEnd

Function RemoveRefuse
  SetOutPath "$TEMP" ; Windows removes no folder that a program is in
  RMDir /r "${NEW}"
  RMDir /r "${READY}"
  RMDir /r "${GONE}"
FunctionEnd

Function DiscardOld
  RMDir /r "${GONE}"
  ${Move} "${OLD}" "${GONE}"
  RMDir /r "${GONE}"
FunctionEnd

!macro PUT_AWAY NAME
  ${Move} "$INSTDIR\${NAME}" "${GONE}\${NAME}"
!macroend
!macro PUT_BACK NAME
  ${If} ${FileExists} "${OLD}\${NAME}"
    !insertmacro PUT_AWAY "${NAME}"
    ${Move} "${OLD}\${NAME}" "$INSTDIR\${NAME}"
  ${EndIf}
!macroend

; What was broken off is put right; `failed` is 1 if that could not be done.
Function Restore
  StrCpy $failed ""
  ${IfNot} ${FileExists} "${OLD}\*.*"
    Return
  ${EndIf}
  Call IsWhole
  ${If} $0 == 1
    Call DiscardOld
    Return
  ${EndIf}
  RMDir /r "${GONE}"
  CreateDirectory "${GONE}"
  ${If} ${FileExists} "${FIRST}"
    ${Log} "「$INSTDIR」にあった途中までの導入を取り除きます。"
    !insertmacro FOR_PIECES PUT_AWAY
  ${Else}
    ${Log} "途中で終わった入れ替えがあったため、「${OLD}」から前のバージョンを戻します。"
    !insertmacro FOR_PIECES PUT_BACK
  ${EndIf}
  ${If} $failed != 1
    RMDir /r "${OLD}"
  ${EndIf}
  RMDir /r "${GONE}"
FunctionEnd

!macro TAKE_OUT NAME
  ${Move} "$INSTDIR\${NAME}" "${OLD}\${NAME}"
!macroend
!macro BRING_IN NAME
  ${Move} "${READY}\${NAME}" "$INSTDIR\${NAME}"
!macroend

!macro LOOK_FOR_ANY NAME
  ${If} ${FileExists} "$INSTDIR\${NAME}"
    StrCpy $0 1
  ${EndIf}
!macroend

; The pieces leave for OLD, which is not there yet. `failed` is 1 if one could not.
Function TakeOut
  StrCpy $failed ""
  StrCpy $0 0
  !insertmacro FOR_PIECES LOOK_FOR_ANY
  CreateDirectory "${OLD}"
  ${If} $0 == 0
    FileOpen $0 "${FIRST}" w
    FileClose $0
  ${EndIf}
  !insertmacro FOR_PIECES TAKE_OUT
FunctionEnd
