// What the compiler takes for its own library.
console.log('nothing')
