/* The inner loop of the forest: sums of integer leaves over integer features. forest.py has the same in Python. */
#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>

/* sums(columns, rows, feature, threshold, right, roots) -> list of rows integers.
 *
 * columns: int32, column after column, `rows` values each. feature: int32 per node, negative for a leaf. threshold: int32
 * per node, the leaf's value where it is a leaf. right: int32 per node, the index of the right child; the left child
 * is the next node. roots: int32, the first node of each tree. Every index is checked once before use. */
static int well_formed(const int32_t *feature, const int32_t *right, Py_ssize_t nodes, const int32_t *roots,
                       Py_ssize_t trees, Py_ssize_t columns)
{
    for (Py_ssize_t i = 0; i < nodes; i++)
        if (feature[i] >= 0 && (feature[i] >= columns || right[i] <= i || right[i] >= nodes || i + 1 >= nodes))
            return 0;
    for (Py_ssize_t t = 0; t < trees; t++)
        if (roots[t] < 0 || roots[t] >= nodes)
            return 0;
    return 1;
}

static void sum_row(const int32_t *row, const int32_t *feature, const int32_t *threshold, const int32_t *right,
                    const int32_t *roots, Py_ssize_t trees, long *sum)
{
    for (Py_ssize_t t = 0; t < trees; t++) {
        int32_t node = roots[t];
        while (feature[node] >= 0)
            node = row[feature[node]] <= threshold[node] ? node + 1 : right[node];
        *sum += threshold[node];
    }
}

static PyObject *sums(PyObject *self, PyObject *args)
{
    Py_buffer b[5];
    Py_ssize_t rows;
    PyObject *result = NULL;
    int32_t *row = NULL;
    if (!PyArg_ParseTuple(args, "y*ny*y*y*y*", &b[0], &rows, &b[1], &b[2], &b[3], &b[4]))
        return NULL;
    const int32_t *columns = b[0].buf, *feature = b[1].buf, *threshold = b[2].buf, *right = b[3].buf, *roots = b[4].buf;
    Py_ssize_t nodes = b[1].len / 4, trees = b[4].len / 4, width = rows > 0 ? b[0].len / 4 / rows : 0;
    if (rows < 0 || width * rows * 4 != b[0].len || b[2].len != b[1].len || b[3].len != b[1].len ||
        (rows > 0 && !well_formed(feature, right, nodes, roots, trees, width))) {
        PyErr_SetString(PyExc_ValueError, "the forest's arrays do not fit the columns");
        goto done;
    }
    row = malloc(sizeof(int32_t) * (size_t)(width + 1));
    result = row ? PyList_New(rows) : PyErr_NoMemory();
    if (!result)
        goto done;
    for (Py_ssize_t r = 0; r < rows; r++) {
        long sum = 0;
        for (Py_ssize_t c = 0; c < width; c++)
            row[c] = columns[c * rows + r];
        sum_row(row, feature, threshold, right, roots, trees, &sum);
        PyObject *value = PyLong_FromLong(sum);
        if (!value || PyList_SetItem(result, r, value) < 0) {
            Py_CLEAR(result);
            goto done;
        }
    }
done:
    free(row);
    for (int i = 0; i < 5; i++)
        PyBuffer_Release(&b[i]);
    return result;
}

static PyMethodDef methods[] = {{"sums", sums, METH_VARARGS, "Sums of leaves for each row."}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_forest", NULL, 0, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit__forest(void) { return PyModuleDef_Init(&module); }
