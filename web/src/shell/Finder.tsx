// A field that completes: choices under it as one types, by keyboard and pointer (the pattern "combobox" of WAI-ARIA).

import { useEffect, useId, useRef, useState } from 'preact/hooks'

export interface Choice {
  readonly value: string
  readonly label: string
  readonly about: string
}

interface Props {
  readonly title: string
  readonly name: string
  readonly value: string
  readonly hint: string
  readonly needed?: boolean
  readonly suggest: (text: string) => Promise<readonly Choice[]> | readonly Choice[]
  readonly onInput: (text: string) => void
  readonly onChoose: (choice: Choice) => void
}

export function Finder({ title, name, value, hint, needed = false, suggest, onInput, onChoose }: Props) {
  const id = useId()
  const [choices, set] = useState<readonly Choice[]>([])
  const [at, move] = useState(-1)
  const asked = useRef(0)
  const look = async (text: string) => {
    const turn = ++asked.current
    const found = await suggest(text)
    if (turn !== asked.current) return
    set(found)
    move(-1)
  }
  const close = () => {
    asked.current++
    set([])
    move(-1)
  }
  const choose = (choice: Choice) => {
    close()
    onChoose(choice)
  }
  const keyed = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const chosen = choices[at]
    if (step && !choices.length) void look(value)
    else if (step) move((at + step + choices.length) % choices.length)
    else if (event.key === 'Escape' && choices.length) close()
    else if (event.key === 'Enter' && chosen) choose(chosen)
    else return
    event.preventDefault()
  }
  useEffect(() => document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' }), [at])
  return (
    <div class="finder">
      <label for={id}>{title}</label>
      <input
        id={id} name={name} value={value} required={needed} placeholder={hint} autocomplete="off" spellcheck={false}
        role="combobox" aria-autocomplete="list" aria-expanded={choices.length > 0} aria-controls={`${id}-list`}
        aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
        onInput={event => {
          onInput(event.currentTarget.value)
          void look(event.currentTarget.value)
        }}
        onKeyDown={keyed} onBlur={close}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={title} hidden={!choices.length}>
        {choices.map((choice, number) => (
          <li
            key={choice.value} id={`${id}-${number}`} role="option" aria-selected={number === at}
            onMouseDown={event => event.preventDefault()} onClick={() => choose(choice)}
          >
            <span>{choice.label}</span> <small>{choice.about}</small>
          </li>
        ))}
      </ul>
    </div>
  )
}
