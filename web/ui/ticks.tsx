// Several choices of one kind, to tick.
export function Ticks({
  legend,
  name,
  choices,
  ticked = [],
}: {
  legend: string
  name: string
  choices: readonly { readonly value: string; readonly label: string }[]
  ticked?: readonly string[]
}) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {choices.map(({ value, label }) => (
        <label key={value} class="tick">
          <input type="checkbox" name={name} value={value} defaultChecked={ticked.includes(value)} /> {label}
        </label>
      ))}
    </fieldset>
  )
}
