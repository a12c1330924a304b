// Checks a log with an implementation that is not ours: Go's sumdb/note and sumdb/tlog, by which the Go
// checksum database is verified. Arguments: folder of the log's files, verifier key, proof files.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// What tlog-tiles says; Go's own paths have the height in them and "data" for entries.
const height = 8

type files struct{ folder string }

func (f files) Height() int { return height }

func (f files) SaveTiles([]tlog.Tile, [][]byte) {}

func (f files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := os.ReadFile(filepath.Join(f.folder, path(tile)))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func path(tile tlog.Tile) string {
	go8 := fmt.Sprintf("tile/%d/", height)
	return strings.Replace(strings.Replace(tile.Path(), go8+"data/", "tile/entries/", 1), go8, "tile/", 1)
}

func checkpoint(text, vkey string) tlog.Tree {
	verifier, err := note.NewVerifier(vkey)
	must(err)
	opened, err := note.Open([]byte(text), note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	if lines[0] != verifier.Name() {
		fail("the checkpoint is of %q", lines[0])
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := tlog.ParseHash(lines[2])
	must(err)
	return tlog.Tree{N: size, Hash: root}
}

func entries(f files, size int64) [][]byte {
	var all [][]byte
	for n := int64(0); n*256 < size; n++ {
		width := int(size - n*256)
		if width > 256 {
			width = 256
		}
		tile := tlog.Tile{H: height, L: -1, N: n, W: width}
		data, err := f.ReadTiles([]tlog.Tile{tile})
		must(err)
		for rest := data[0]; len(rest) > 0; {
			length := int(binary.BigEndian.Uint16(rest))
			all = append(all, rest[2:2+length])
			rest = rest[2+length:]
		}
	}
	return all
}

func wholeTree(f files, tree tlog.Tree) {
	leaves := entries(f, tree.N)
	if int64(len(leaves)) != tree.N {
		fail("%d entries for %d leaves", len(leaves), tree.N)
	}
	// This reader verifies each tile against the root before it gives a hash out of it.
	reader := tlog.TileHashReader(tree, f)
	for index := range leaves {
		hashes, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, int64(index))})
		must(err)
		if hashes[0] != tlog.RecordHash(leaves[index]) {
			fail("entry %d is not its leaf", index)
		}
	}
	for old := int64(1); old <= tree.N; old += 1 + old/7 {
		oldRoot, err := tlog.TreeHash(old, reader)
		must(err)
		proof, err := tlog.ProveTree(tree.N, old, reader)
		must(err)
		must(tlog.CheckTree(proof, tree.N, tree.Hash, old, oldRoot))
	}
}

func oneProof(file, vkey string, f files) {
	text, err := os.ReadFile(file)
	must(err)
	head, signed, found := strings.Cut(string(text), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "extra ") {
		fail("%s is no proof", file)
	}
	_, err = base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	must(err)
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	must(err)
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		must(err)
		proof = append(proof, hash)
	}
	tree := checkpoint(signed, vkey)
	leaf := tlog.RecordHash(entries(f, tree.N)[index])
	must(tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf))
}

func main() {
	f, vkey := files{os.Args[1]}, os.Args[2]
	text, err := os.ReadFile(filepath.Join(f.folder, "checkpoint"))
	must(err)
	tree := checkpoint(string(text), vkey)
	wholeTree(f, tree)
	for _, file := range os.Args[3:] {
		oneProof(file, vkey, f)
	}
	fmt.Printf("verified %d leaves, %d proofs\n", tree.N, len(os.Args[3:]))
}

func must(err error) {
	if err != nil {
		fail("%v", err)
	}
}

func fail(format string, args ...interface{}) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
	os.Exit(1)
}
